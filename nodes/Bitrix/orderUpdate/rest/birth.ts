import {
	counterpartyKind, isLegal, linesOfPositions, orderPropertyField, orderSourceText, propertiesFor, SyncError, toKopecks, toRubles, warning,
	type BirthRules, type FullOrder, type RoleCodes, type ToldRole, type WantedLine,
} from '../../../../core';
import { readingOf } from '../../orders/readingProperties';
import type { StoreOrder } from '../../orders/reading';
import type { Abilities } from './abilities';
import { findBuyers } from './buyers';
import { fail, skip, type Entry } from './entry';
import { makeHeads } from './heads';
import { findProducts } from './products';
import type { OrderSession } from './session';

interface BirthSettings {
	site: string;
	currency: string;
	delivery: string | null;
	paySystem: string | null;
	payerTypes: { person: string; legal: string };
	codes: RoleCodes;
}

/** Orders of the store for customer orders that were born in MoySklad. */
export class Birth {
	private readonly settings: BirthSettings;

	constructor(private readonly session: OrderSession) {
		const { context } = session;
		const text = (name: string): string => String(context.getNodeParameter(name, 0, '') ?? '').trim();
		this.settings = {
			site: text('site'),
			currency: text('currency'),
			delivery: text('birthDelivery') || null,
			paySystem: text('birthPaySystem') || null,
			payerTypes: { person: text('personPayerType'), legal: text('companyPayerType') },
			codes: readingOf(context).codes,
		};
	}

	/** Gives a result to what cannot become an order, before anything is written. */
	checkAll(entries: readonly Entry[]): void {
		for (const entry of entries) {
			if (entry.result) continue;
			if (!entry.order) skip(entry, warning('CUSTOMER_ORDER_DELETED'));
			else if (entry.bitrixId !== null && !entry.link) skip(entry, warning('ORDER_BORN_IN_STORE'));
			else this.check(entry, entry.order);
		}
	}

	private check(entry: Entry, order: FullOrder): void {
		if (order.id === null) return fail(entry, new SyncError('ORDER_MOYSKLAD_UNREADABLE', { reason: 'id: missing' }));
		if (order.agent === 'unread') return fail(entry, new SyncError('ORDER_AGENT_UNREAD'));
		if (order.positions === 'unread') return fail(entry, new SyncError('ORDER_DOCUMENTS_UNREAD', { part: 'positions' }));
		if (order.positions.length === 0) return skip(entry, warning('ORDER_WITHOUT_LINES'));
		const { delivery, currency } = this.settings;
		const { deliveryPrice } = this.linesOf(order);
		if (deliveryPrice && delivery === null) return fail(entry, new SyncError('ORDER_DELIVERY_LEFT', { price: `${toRubles(deliveryPrice)} ${currency}` }));
		if (this.payerType(order) === '') fail(entry, new SyncError('ORDER_PAYER_TYPE_UNKNOWN', { companyType: counterpartyKind(order.agent) }));
	}

	/** Goods that the store does not have stop an order before it is begun, where the user wants it. */
	async checkGoods(entries: readonly Entry[]): Promise<void> {
		const fresh = new Map(entries.filter(({ result, bitrixId }) => !result && bitrixId === null).map((entry) => [entry, entry.order ? this.linesOf(entry.order).lines : []]));
		await findProducts(this.session, new Map([...fresh].map(([entry, lines]) => [entry, lines.flatMap(({ key }) => key ?? [])])));
		if (this.session.settings.unknownGoods === 'free') return;
		for (const [entry, lines] of fresh) {
			const unknown = lines.find(({ key }) => !this.session.products.get(key ?? ''));
			if (unknown && !entry.result) fail(entry, new SyncError('ORDER_STORE_GOODS_UNKNOWN', { name: unknown.name, key: unknown.key ?? 'no key' }));
		}
	}

	private linesOf(order: FullOrder): { lines: WantedLine[]; deliveryPrice: number | null } {
		const { identity, deliveryServices } = this.session.settings;
		return linesOfPositions(order.positions === 'unread' ? [] : order.positions, order, identity, deliveryServices);
	}

	/** Makes the empty orders that lines and all else are put into. */
	async makeHeads(entries: readonly Entry[]): Promise<void> {
		const fresh = entries.filter(({ result, bitrixId }) => !result && bitrixId === null);
		const buyers = await findBuyers(this.session, fresh, this.settings.codes);
		await makeHeads(this.session, fresh, (entry, order) => ({
			lid: this.settings.site,
			personTypeId: this.payerType(order),
			currency: currencyOf(order) ?? this.settings.currency,
			userId: buyers.get(entry) ?? '',
		}));
	}

	private payerType({ agent }: FullOrder): string {
		const legal = agent !== 'unread' && counterpartyKind(agent) !== 'individual';
		const chosen = this.settings.payerTypes[legal ? 'legal' : 'person'];
		const { books } = this.session;
		return chosen || (books.payerTypes.find(({ id }) => isLegal(id, books, [], this.settings.codes) === legal)?.id ?? '');
	}

	/** What the counterparty says goes into the order properties that tell it. */
	fillIn(entry: Entry, { withoutProperties }: Abilities): void {
		const { order, wish } = entry;
		if (!order || !wish || withoutProperties) return;
		const payerType = this.payerType(order);
		for (const [role, text] of Object.entries(customerTexts(order)) as Array<[ToldRole, string | null]>) {
			const [id] = propertiesFor(role, payerType, this.session.books, this.settings.codes);
			const field = orderPropertyField(id ?? '');
			if (id !== undefined && text !== null && wish.fields[field] === undefined) wish.fields[field] = text;
		}
	}

	rulesOf({ wish, moySkladId }: Entry): BirthRules {
		const { delivery, paySystem } = this.settings;
		return { moySkladId: moySkladId ?? '', delivery, deliveryPrice: wish?.deliveryPrice ?? 0, paySystem };
	}

	/** An order that comes to another sum is left as it is, and reported. */
	verify({ order }: Entry, { price, currency }: StoreOrder): SyncError | undefined {
		if (!order || order.sum === 'unread' || toKopecks(price) === order.sum) return undefined;
		return new SyncError('ORDER_STORE_SUM_DIFFERS', { sum: `${price} ${currency}`, wanted: `${toRubles(order.sum)} ${currency}` });
	}
}

const currencyOf = ({ row }: FullOrder): string | undefined => {
	const { isoCode } = ((row.rate as { currency?: unknown } | undefined)?.currency ?? {}) as { isoCode?: unknown };
	return typeof isoCode === 'string' && isoCode !== '' ? isoCode : undefined;
};

/** Of a company, the name is that of the person to talk to, which a customer order does not say. */
function customerTexts(order: FullOrder): Partial<Record<ToldRole, string | null>> {
	const agent = order.agent === 'unread' ? {} : order.agent;
	const text = (field: string): string | null => (typeof agent[field] === 'string' && agent[field].trim() !== '' ? agent[field].trim() : null);
	const name = orderSourceText(order, 'agentName');
	const company = counterpartyKind(agent) !== 'individual';
	return {
		...(company ? { company: text('legalTitle') ?? name, inn: text('inn'), kpp: text('kpp'), legalAddress: text('legalAddress') } : {}),
		name,
		phone: text('phone'),
		email: text('email'),
		address: orderSourceText(order, 'shipmentAddress'),
	};
}
