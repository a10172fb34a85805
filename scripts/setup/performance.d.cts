export function pageOf(rows: ReadonlyMap<string, string>): string;
export function rowsOf(page: string): Map<string, string>;
export function shown(value: unknown): string;
export function runBenchmarks(names: readonly string[]): Promise<number>;
