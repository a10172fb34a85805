export function chromiumProgram(): string | undefined;
export function findChromium(): Promise<void>;
