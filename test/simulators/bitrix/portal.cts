import type { Clock } from '../kernel/clock.cts';
import { stableUuid } from '../kernel/random.cts';
import { AuthorizationServer } from './access/oauth.cts';
import { ALL_SCOPES, makeUsers, makeWebhooks, type User, type Webhook } from './access/people.cts';
import { Events } from './events/events.cts';
import { OperatingTime } from './limits/operatingTime.cts';
import type { FullOptions } from './options.cts';
import { Changes, type Change } from './store/changes.cts';
import { Store } from './store/store.cts';
import { toSecond } from './wire/dates.cts';

/** Conditions that a test can bring about. */
export interface Switches {
	/** Bitrix blocked the portal by hand: 503 `OVERLOAD_LIMIT`. */
	overloaded: boolean;
	/** 500 `PORTAL_DELETED`; on a box: the public part is closed. */
	deleted: boolean;
	/** Without a commercial plan REST is closed: 403 `ACCESS_DENIED`. */
	commercial: boolean;
	/** Methods that wait for an administrator's confirmation (401), and those that he denied (403). */
	waiting: string[];
	denied: string[];
	/** Any other refusal: methods by regular expression, without regard to case. */
	refusals: Array<{ method: string; status: number; error: string }>;
	/** The portal got another address: the old one answers 302. */
	movedTo: string | null;
	/** Regular expressions of methods that this version of the core does not have. */
	missingMethods: string[];
	/** Names of events that this version does not have, in upper case. */
	missingEvents: string[];
	/**
	 * The core of about 2021: no user types `directory`, `UserID`, `SectionAuto`, `EAutocomplete`; `name`, `iblockId` and
	 * `iblockSectionId` are required for each write of a product; zeros of the catalog are shown as null.
	 */
	oldCore: boolean;
	/** Features that the plan does not include, as feature.get names them. Only plans of the cloud lack any. */
	lackingFeatures: string[];
	/** The status that the shop gives an order by itself when it is paid in full, or its delivery is allowed; null = it stays. */
	statusOnPaid: string | null;
	statusOnDelivery: string | null;
}

/** A receipt that a pay system with a cash register sent because somebody marked a payment as paid. */
export interface Receipt {
	paymentId: number;
	orderId: number;
	/** Kopecks. */
	sum: number;
}

/** A Bitrix with its data and settings. */
export class Portal {
	readonly store = new Store();
	readonly changes = new Changes();
	readonly users: User[] = makeUsers();
	readonly webhooks: Webhook[];
	readonly oauth: AuthorizationServer;
	readonly events: Events;
	readonly operating: OperatingTime | undefined;
	readonly switches: Switches = {
		overloaded: false,
		deleted: false,
		commercial: true,
		waiting: [],
		denied: [],
		refusals: [],
		movedTo: null,
		missingMethods: [],
		missingEvents: [],
		oldCore: false,
		lackingFeatures: [],
		statusOnPaid: null,
		statusOnDelivery: null,
	};
	/** Receipts that went out, oldest first. */
	readonly receipts: Receipt[] = [];
	inventory: 'Y' | 'N';
	/** The base address, known once the server listens. */
	url = '';

	constructor(
		readonly options: FullOptions,
		readonly clock: Clock,
	) {
		const { seed, inventory, operating } = options;
		this.inventory = inventory;
		this.webhooks = Object.values(makeWebhooks(seed));
		this.operating = operating && new OperatingTime(operating);
		this.oauth = new AuthorizationServer(clock, this.application(seed), seed, () => this.url);
		this.events = new Events(this);
	}

	get edition(): FullOptions['edition'] {
		return this.options.edition;
	}

	/** The moment in whole seconds: the database keeps no more. */
	now(): number {
		return toSecond(this.clock.now());
	}

	announce(entity: Change['entity'], action: Change['action'], id: number, source: Change['source'] = 'rest'): void {
		this.changes.announce({ entity, action, id, at: this.now(), source });
	}

	/** Names a file in a download address, so that others cannot be guessed. */
	downloadToken(fileId: number): string {
		return `${fileId}.${stableUuid('download', this.options.seed, fileId).slice(0, 13)}`;
	}

	private application(seed: number): AuthorizationServer['application'] {
		const secret = (word: string): string => stableUuid('application', seed, word).replaceAll('-', '');
		return {
			clientId: `local.${secret('id').slice(0, 14)}.${secret('number').slice(0, 8)}`,
			clientSecret: secret('secret'),
			redirectUri: 'http://127.0.0.1:5678/rest/oauth2-credential/callback',
			scopes: ALL_SCOPES,
			unpaid: false,
			token: secret('token'),
		};
	}
}
