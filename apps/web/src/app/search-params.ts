/** Addresses a person can read and type: `?item=BK-M68&location=1`, every value a text. */
export function parseAddress(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function writeAddress(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    if (typeof value === 'string' && value !== '') parameters.set(key, value);
  }
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}

/** Keeps the named parameters of an address that are texts, and drops all others. */
export function textsOf<const K extends string>(...names: readonly K[]) {
  return (given: Record<string, unknown>): { [name in K]?: string } => {
    const kept: { [name in K]?: string } = {};
    for (const name of names) {
      const value = given[name];
      if (typeof value === 'string' && value !== '') kept[name] = value;
    }
    return kept;
  };
}
