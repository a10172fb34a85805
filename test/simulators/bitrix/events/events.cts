import { stableUuid } from '../../kernel/random.cts';
import type { Portal } from '../portal.cts';
import type { Change, Hit } from '../store/changes.cts';
import type { Params } from '../wire/params.cts';
import { rulesOf, upperName, type EventRule } from './catalogue.cts';
import { EventDeliveries } from './deliveries.cts';
import { Handlers, isOffline, type HandlerRow } from './handlers.cts';
import { OfflineQueue } from './offlineQueue.cts';

/** Tells handlers of what happens in the portal: online by a call, offline by a row that waits. */
export class Events {
	readonly handlers = new Handlers();
	readonly deliveries: EventDeliveries;
	readonly offline: OfflineQueue;
	/** Addresses that a hit has told of a saved order. */
	private readonly told = new WeakMap<Hit, Set<string>>();
	private outgoing = 0;

	constructor(private readonly portal: Portal) {
		this.deliveries = new EventDeliveries(portal.clock, portal.options.seed);
		this.offline = new OfflineQueue(portal.clock);
		portal.changes.subscribe((change, hit) => this.tell(change, hit));
	}

	/** What a person does in the portal's pages: an outgoing webhook for some events, whose token the page then shows. */
	addOutgoingWebhook(url: string, events: readonly string[]): { ids: number[]; token: string } {
		this.outgoing += 1;
		const token = stableUuid('outgoing', this.portal.options.seed, this.outgoing).replaceAll('-', '');
		const names = events.map((name) => name.toUpperCase());
		const unknown = names.filter((name) => !rulesOf(this.portal).some((rule) => upperName(rule) === name));
		if (unknown.length > 0) throw new RangeError(`Unknown event: ${unknown.join(', ')}`);
		const wanted = { url, clientId: undefined, user: 0, connector: '', token };
		return { ids: names.map((event) => this.handlers.add({ ...wanted, event })?.id ?? 0), token };
	}

	/** The application was removed: its handlers go with it. */
	forget(clientId: string): void {
		this.handlers.remove(this.handlers.of(clientId));
	}

	private tell(change: Change, hit: Hit): void {
		if (this.handlers.all().length === 0) return;
		for (const rule of rulesOf(this.portal)) {
			if (!rule.entity.test(change.entity) || !rule.actions.includes(change.action)) continue;
			for (const handler of this.handlers.all())
				if (handler.event === upperName(rule) && !this.wasTold(rule, handler, hit)) this.pass(rule, handler, change, hit);
		}
	}

	private wasTold({ oncePerHit = false }: EventRule, { url }: HandlerRow, hit: Hit): boolean {
		if (!oncePerHit) return false;
		const addresses = this.told.get(hit) ?? new Set<string>();
		this.told.set(hit, addresses);
		const known = addresses.has(url);
		addresses.add(url);
		return known;
	}

	private pass(rule: EventRule, handler: HandlerRow, change: Change, hit: Hit): void {
		const data = { FIELDS: rule.fields(this.portal, change) };
		if (!isOffline(handler)) return this.call(handler, data, change, hit);
		// What an application writes itself by this channel it does not hear of.
		if (hit.application === handler.clientId && (hit.connector ?? '') === handler.connector) return;
		this.offline.record(handler, data, hit.user);
	}

	private call(handler: HandlerRow, data: Params, { at }: Change, { user }: Hit): void {
		this.deliveries.enqueue(handler, {
			event: handler.event,
			event_handler_id: handler.id,
			data,
			ts: Math.floor(at / 1000),
			auth: this.authOf(handler, user),
		});
	}

	/** An outgoing webhook gets no tokens for calls. */
	private authOf({ user, token }: HandlerRow, causer: number | undefined): Params {
		const { oauth } = this.portal;
		if (token === undefined) return oauth.eventAuth(user > 0 ? user : causer);
		return { ...oauth.eventAuth(undefined), application_token: token };
	}
}
