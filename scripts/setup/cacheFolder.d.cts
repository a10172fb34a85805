export const MADE_FOR_N8N: string;
export const N8N_VERSION: string;
export function cacheFolder(): string;
export function n8nFolder(): string;
export function cachedNodeFolder(): string | undefined;
export function nodeProgram(folder: string): string;
export function runsN8n(): boolean;
