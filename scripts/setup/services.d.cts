export const REDIS_URL: string;
export const DATABASE_URL: string;
export function findServices(): Promise<void>;
