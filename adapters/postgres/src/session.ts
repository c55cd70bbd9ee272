/** Rows of one statement. `command` is the first word of its tag: 'SELECT', 'COMMIT', 'ROLLBACK'. */
export type SqlResult = {
  readonly rows: unknown[];
  readonly affectedRows: number;
  readonly command: string;
};

/** One connection. Nobody else speaks on it while it is held. */
export type Session = {
  /** One statement with parameters `$1, $2, ...`. */
  query(text: string, values: readonly unknown[]): Promise<SqlResult>;
  /** Any number of statements without parameters; the rows of all of them. */
  script(text: string): Promise<SqlResult>;
};
