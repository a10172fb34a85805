import { readFileSync } from 'node:fs';
import path from 'node:path';
import { requireOfN8n } from '../n8n/cachedN8n.cts';
import { repositoryRoot } from '../n8n/repository.cts';

/** What of a service the tests look at. */
export interface Service {
	image: string;
	command?: string;
	environment?: Record<string, string>;
	depends_on?: Record<string, { condition: string }>;
	healthcheck?: { test: string[] };
	deploy?: { replicas: number };
	volumes?: string[];
}

export const DEPLOY = path.join(repositoryRoot(), 'deploy');

/** `${NAME}`, `${NAME:-default}` and `${NAME:?what it is}`. */
const VARIABLE = /\$\{([A-Z][A-Z0-9_]*)(?::([-?])([^}]*))?\}/g;

const composeText = (): string => readFileSync(path.join(DEPLOY, 'docker-compose.yml'), 'utf8');

/** The names of all variables that the file takes from .env. */
export const composeVariables = (): string[] => [...new Set([...composeText().matchAll(VARIABLE)].map(([, name]) => name as string))].sort();

/** The services of deploy/docker-compose.yml as docker reads them. Throws when a variable is missing that has to be given. */
export function composeServices(env: Record<string, string>): Record<string, Service> {
	const { parse } = requireOfN8n<{ parse(text: string, options: { merge: boolean }): { services: Record<string, Service> } }>('yaml');
	const text = composeText().replace(VARIABLE, (_, name: string, kind: string | undefined, more: string) => {
		const value = env[name] || (kind === '-' ? more : '');
		if (value === '' && kind === '?') throw new Error(`${name} is missing: ${more}`);
		return value;
	});
	return parse(text, { merge: true }).services;
}
