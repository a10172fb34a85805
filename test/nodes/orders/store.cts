import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ExportPage, Order } from '../../../core';
import { Engine } from '../../n8n/engine.cts';
import type { NodeRun } from '../../n8n/runs.cts';
import { placeOrder } from '../../simulators/bitrix/orders/placeOrders.cts';
import type { DraftOrder } from '../../simulators/bitrix/orders/randomOrder.cts';
import { startBitrix, type RunningBitrix } from '../../simulators/bitrix/start.cts';
import type { BitrixOptions } from '../../simulators/bitrix/options.cts';

/** A Bitrix store on loopback and the node that exports its orders. */
export class Store {
	private constructor(
		readonly engine: Engine,
		readonly bitrix: RunningBitrix,
	) {}

	static async open(options: BitrixOptions = {}): Promise<Store> {
		const [engine, bitrix] = await Promise.all([Engine.load(), startBitrix({ plan: { bucket: 250, drain: 5 }, ...options })]);
		return new Store(engine, bitrix);
	}

	async close(): Promise<void> {
		await this.bitrix.close();
	}

	/** Runs an operation of Bitrix Order Export with the administrator's webhook. */
	async run(
		operation: string,
		parameters: INodeParameters = {},
		items: IDataObject[] = [{}],
		webhook = this.bitrix.webhookUrl,
	): Promise<NodeRun> {
		return await this.engine.runNode({
			type: 'bitrixOrderExport',
			parameters: { operation, siteKey: 'shop', ...parameters },
			credentials: { bitrixWebhookApi: { secretAddress: webhook, edition: 'enterprise' } },
			items,
		});
	}

	/** One page; throws the node's error. */
	async page(parameters: INodeParameters = {}, cursor?: unknown): Promise<{ orders: Order[]; page: ExportPage; failed: IDataObject[] }> {
		const run = await this.run('exportChanged', parameters, [cursor === undefined ? {} : { cursor: cursor as IDataObject }]);
		if (run.error) throw run.error;
		return { orders: run.json(0) as unknown as Order[], page: run.json(1)[0] as unknown as ExportPage, failed: run.json(2) };
	}

	/** An order of a person for goods of the shop; `more` says what is special about it. */
	place(more: Partial<DraftOrder> = {}, age = 0): number {
		return placeOrder(this.bitrix.portal, { ...PLAIN, ...more }, age).id;
	}

	/** Time passes in the store. */
	later(milliseconds: number): void {
		this.bitrix.clock.advance(milliseconds);
	}

	calls(): number {
		return this.bitrix.counters.snapshot().calls;
	}
}

export const MINUTE = 60_000;

export const ivan = {
	kind: 'person' as const,
	userId: 1001,
	properties: {
		FIO: 'Иван Петров',
		EMAIL: 'ivan@example.com',
		PHONE: '8 (916) 111-22-33',
		ZIP: '101000',
		CITY: 'Москва',
		ADDRESS: 'ул. Ленина, 5',
	},
	comment: 'Позвоните "за час" 🎁',
	discount: 0,
};

export const romashka = {
	kind: 'company' as const,
	userId: 1002,
	properties: {
		COMPANY: 'ООО «Ромашка»',
		COMPANY_ADR: 'Москва, ул. Ленина, 1',
		INN: '7701234567',
		KPP: '770101001',
		CONTACT_PERSON: 'Анна Иванова',
		EMAIL: 'anna@firm.example.com',
		PHONE: '+7 495 111-22-33',
		CITY: 'Москва',
		ADDRESS: 'пр-т Мира, 10',
	},
	comment: '',
	discount: 0,
};

/** A free line, so that no goods are needed. */
export const PLAIN: DraftOrder = {
	site: 's1',
	customer: ivan,
	lines: [
		{
			productId: 0,
			name: 'Гравировка',
			quantity: 3,
			basePrice: 4000,
			price: 3333,
			vatRate: 0.2,
			vatIncluded: 'Y',
			coupon: '',
			components: [],
		},
	],
	delivery: { service: 'delivery-courier', price: 30_000 },
	payments: [],
	statusId: 'N',
	canceled: false,
	shipped: false,
	managerComment: '',
};
