import { OrderDesk, meta, type EditMoySklad } from '../../simulators/moysklad/orderDesk.cts';
import { asPerson } from '../../simulators/moysklad/personEdits.cts';
import type { RunningBitrix } from '../../simulators/bitrix/start.cts';
import { EXCHANGE_ORDERS, runTemplate } from '../exchangeJob.cts';
import type { Installation } from '../installation.cts';
import { chooseStates, paySystemId, stateId } from './chooseStates.cts';
import { ATTRIBUTES, deletedFlow, documentsFlow, toSiteFlow, toStoreFlow, type Flow, type FlowSetting } from './flows.cts';
import { Runner } from './runner.cts';
import { Sides } from './sides.cts';
import type { State } from './statuses.cts';

type Row = Record<string, unknown>;

const RUN = 'Run Now';

/** What the lives of orders need beside the templates: MoySklad's office, and the ways of orders that have no template. */
export class Lives {
	readonly desk: OrderDesk;
	private readonly runner: Runner;

	private constructor(
		readonly installation: Installation,
		private readonly flows: Record<'toStore' | 'documents' | 'deleted' | 'toSite', Flow>,
		/** Ids of MoySklad's additional fields. */
		private readonly attributes: Record<keyof typeof ATTRIBUTES, Row>,
	) {
		this.desk = new OrderDesk(this.edit, installation.moySklad.clock.now());
		this.runner = new Runner(installation);
	}

	static async prepare(installation: Installation): Promise<Lives> {
		const edit = editOf(installation);
		await chooseStates(installation);
		const setting = await settingOf(installation);
		const attributes = {
			reason: await edit('POST', 'entity/customerorder/metadata/attributes', { name: ATTRIBUTES.reason, type: 'string', required: false }),
			tracking: await edit('POST', 'entity/demand/metadata/attributes', { name: ATTRIBUTES.tracking, type: 'string', required: false }),
		};
		const flows = { toStore: toStoreFlow(setting), documents: documentsFlow(setting), deleted: deletedFlow(setting), toSite: toSiteFlow(setting) };
		return new Lives(installation, flows, attributes);
	}

	get edit(): EditMoySklad {
		return editOf(this.installation);
	}

	sides(bitrix: RunningBitrix, orderId: number): Sides {
		return new Sides(bitrix, this.edit, orderId);
	}

	/** What an additional field is given in MoySklad. */
	field(name: keyof typeof ATTRIBUTES, value: string): Row {
		return { attributes: [{ meta: this.attributes[name].meta, value }] };
	}

	/** A manager moves a customer order on. */
	async setState(orderId: string, state: State, more: Row = {}): Promise<void> {
		await this.edit('PUT', `entity/customerorder/${orderId}`, { state: { meta: meta('state', `entity/customerorder/metadata/states/${stateId(this.installation, state)}`) }, ...more });
	}

	/** Orders of the store with REST, and what was paid and shipped of this one. */
	async fromStore(orderId: number): Promise<void> {
		await runTemplate(this.installation, '05', RUN);
		await this.runner.run(this.flows.documents, { bitrixId: String(orderId) });
	}

	async toStore(moySkladId: string): Promise<void> {
		await this.runner.run(this.flows.toStore, { moySkladId });
	}

	async deletedInStore(orderId: number): Promise<void> {
		await this.runner.run(this.flows.deleted, { bitrixId: String(orderId), siteKey: new URL(this.installation.bitrix.url).host });
	}

	/** Orders of the site that has only the exchange with 1C. */
	async fromSite(): Promise<void> {
		await runTemplate(this.installation, '05b', RUN);
	}

	async toSite(orderId: number, moySkladId: string): Promise<void> {
		await this.runner.run(this.flows.toSite, { bitrixId: String(orderId), moySkladId });
	}
}

const editOf = ({ moySklad }: Installation): EditMoySklad => asPerson(moySklad.parts);

async function settingOf(installation: Installation): Promise<FlowSetting> {
	const { api, bitrix } = installation;
	return {
		links: (await api.dataTables.named('msbx_links')).id,
		stateId: (name) => stateId(installation, name),
		paySystemId: (xmlId) => paySystemId(bitrix, xmlId),
		lockWorkflow: installation.workflow('05b').id,
		restFlow: 'orders',
		exchangeFlow: EXCHANGE_ORDERS.flow,
		siteZone: 'Europe/Moscow',
	};
}
