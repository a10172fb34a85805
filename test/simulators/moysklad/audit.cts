import { randomUUID } from 'node:crypto';
import type { Change } from './session.cts';
import type { User } from './users.cts';

export const AUDIT_ACTIONS = [
	'create',
	'update',
	'delete',
	'puttoarchive',
	'restorefromarchive',
	'puttorecyclebin',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditEvent {
	context: AuditContext;
	action: AuditAction;
	entityType: string;
	entityId: string;
	name: string;
	before?: Change['before'];
	after: Change['row'];
	fields: string[];
}

/** What one request changed. */
export interface AuditContext {
	id: string;
	moment: number;
	uid: string;
	/** The employee or solution that did it. */
	author: string;
	source: string;
	events: AuditEvent[];
}

const MOST_CONTEXTS = 100_000;

/** Everything that was ever changed, newest last. */
export class AuditLog {
	private contexts: AuditContext[] = [];
	private readonly byId = new Map<string, AuditContext>();
	private readonly byEntity = new Map<string, AuditEvent[]>();

	add(changes: readonly Change[], user: User, moment: number, nameOf: (row: Change['row']) => string): AuditContext {
		const context: AuditContext = {
			id: randomUUID(),
			moment,
			uid: user.login,
			author: user.ref.id,
			source: 'jsonapi',
			events: [],
		};
		for (const { action, row, before, fields } of changes) {
			const event: AuditEvent = {
				context,
				action,
				entityType: row.type,
				entityId: row.id,
				name: nameOf(row),
				...(before && { before }),
				after: row,
				fields,
			};
			context.events.push(event);
			this.byEntity.set(row.id, [...(this.byEntity.get(row.id) ?? []).slice(-99), event]);
		}
		this.contexts.push(context);
		this.byId.set(context.id, context);
		this.forgetOldest();
		return context;
	}

	newestFirst(): AuditContext[] {
		return [...this.contexts].reverse();
	}

	context(id: string): AuditContext | undefined {
		return this.byId.get(id);
	}

	/** Newest first. */
	eventsOf(entityId: string): AuditEvent[] {
		return [...(this.byEntity.get(entityId) ?? [])].reverse();
	}

	private forgetOldest(): void {
		if (this.contexts.length <= MOST_CONTEXTS) return;
		for (const { id } of this.contexts.splice(0, this.contexts.length - MOST_CONTEXTS)) this.byId.delete(id);
	}
}
