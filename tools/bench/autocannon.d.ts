declare module 'autocannon' {
  type Result = {
    readonly latency: { readonly p50: number; readonly p97_5: number; readonly p99: number };
    readonly requests: { readonly average: number };
    readonly non2xx: number;
    readonly errors: number;
  };
  type Options = {
    url: string;
    connections: number;
    duration: number;
    overallRate?: number;
    headers?: Record<string, string>;
  };
  const run: (options: Options) => Promise<Result>;
  export = run;
}
