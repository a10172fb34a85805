export function npmScript(): string;
