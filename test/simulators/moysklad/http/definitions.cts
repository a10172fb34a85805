import { refusal } from '../errors.cts';
import type { Session } from '../session.cts';

/** What the routes of attributes and states share. */

export function requireAdmin({ user }: Session, code: 14010 | 14013 | 1045 | 1017 | 1018): void {
	if (!user.admin) throw refusal(code);
}

export function found<One extends { id: string }>(all: readonly One[], id: string, type: string): One {
	const one = all.find((candidate) => candidate.id === id.toLowerCase());
	if (!one) throw refusal(1021, type, id);
	return one;
}
