import type { INode, INodeParameters } from 'n8n-workflow';
import { chosen, node, to } from '../../n8n/workflowDraft.cts';
import { CANCELED, STATUS_PAIRS, type State } from './statuses.cts';

/** What the small workflows of the demo are made for. */
export interface FlowSetting {
	/** Id of the table *msbx_links*. */
	links: string;
	stateId(name: State): string;
	paySystemId(xmlId: string): string;
	/** Of the template that keeps the lock of the exchange. */
	lockWorkflow: string;
	/** Names of the flows that the templates remember orders under. */
	restFlow: string;
	exchangeFlow: string;
	siteZone: string;
}

/** By what an order is known. */
interface Known {
	flow: string;
	by: 'moySkladId' | 'bitrixId';
}

/** A workflow as it is imported into n8n, with the names of its trigger and of its node that writes. */
export interface Flow {
	workflow: { name: string; nodes: INode[]; connections: Record<string, { main: Array<ReturnType<typeof to>> }> };
	start: string;
	writer: string;
}

const OWN = 'n8n-nodes-moysklad-bitrix';
const START = 'Order';
const REMEMBERED = 'What Is Remembered';
const READ = 'Read It';
const NEW = 'Is There Something New?';
const KEPT = 'Remember It';
const SINCE = '2020-01-01T00:00:00Z';
const REASON = 'Cancellation reason';

/** The additional fields that people of the demo fill in MoySklad. */
export const ATTRIBUTES = { reason: REASON, tracking: 'Tracking number' } as const;

/** The link of a type, among those that are remembered of the order. */
const linkOf = (type: string): string => `={{ $('${REMEMBERED}').all().find(({ json }) => json.type === '${type}')?.json.link ?? '' }}`;

const is = (leftValue: string): INodeParameters => ({
	conditions: { options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 }, conditions: [{ id: 'new', leftValue, rightValue: '', operator: { type: 'boolean', operation: 'true', singleValue: true } }], combinator: 'and' },
	looseTypeValidation: true,
	options: {},
});

const equal = (names: Record<string, string>): INodeParameters => ({
	matchType: 'allConditions',
	filters: { conditions: Object.entries(names).map(([keyName, keyValue]) => ({ keyName, condition: 'eq', keyValue })) },
});

/** Looks up what is remembered of an order, reads it, tells the other side, and remembers what that gave. */
function flow(name: string, links: string, known: Known, read: INode | undefined, write: INode): Flow {
	const dataTable = (title: string, parameters: INodeParameters, more: Partial<INode> = {}): INode =>
		node(title, 'n8n-nodes-base.dataTable', { resource: 'row', dataTableId: chosen(links), ...parameters }, { typeVersion: 1.1, ...more });
	const kept = { flow: '={{ $json.link.flow }}', type: '={{ $json.link.type }}', key: '={{ $json.link.key }}' };
	const steps = [
		node(START, 'n8n-nodes-base.manualTrigger'),
		dataTable(REMEMBERED, { operation: 'get', ...equal({ flow: known.flow, [known.by]: `={{ $json.${known.by} }}` }), returnAll: true }, { alwaysOutputData: true }),
		...(read ? [{ ...read, executeOnce: true }] : []),
		{ ...write, executeOnce: true },
		node(NEW, 'n8n-nodes-base.filter', is('={{ !!$json.link }}'), { typeVersion: 2.2 }),
		dataTable(KEPT, {
			operation: 'upsert',
			...equal(kept),
			columns: { mappingMode: 'defineBelow', value: { ...kept, moySkladId: '={{ $json.moySkladId }}', bitrixId: '={{ $json.bitrixId }}', link: '={{ JSON.stringify($json.link) }}' }, matchingColumns: [], schema: [] },
			options: {},
		}),
	].map((step, index) => ({ ...step, position: [index * 220, 0] as [number, number] }));
	const connections = Object.fromEntries(steps.slice(1).map(({ name: next }, index) => [steps[index]?.name ?? '', { main: [to(next)] }]));
	return { workflow: { name, nodes: steps, connections }, start: START, writer: write.name };
}

const moySklad = (name: string, parameters: INodeParameters): INode => node(name, `${OWN}.moySkladEntity`, { resource: 'customerOrder', ...parameters });

const readCustomerOrder = moySklad(READ, { operation: 'get', objectId: chosen(`={{ $('${START}').first().json.moySkladId }}`), include: ['state'], options: { attributesByName: true } });

/** What a user chooses where the store is told of orders of MoySklad. */
export const storeRules = (setting: Pick<FlowSetting, 'stateId' | 'paySystemId'>): INodeParameters => ({
	statusMap: { row: STATUS_PAIRS.map(({ state, status }) => ({ when: 'state', state: chosen(setting.stateId(state)), status })) },
	cancelStates: { row: [{ one: chosen(setting.stateId(CANCELED)) }] },
	payments: 'full',
	paySystem: setting.paySystemId('pay-bill'),
	protectedSystems: [setting.paySystemId('pay-card')],
	shipments: 'full',
});

/** What the state of a customer order, its payments and shipments mean for an order of a store with REST. */
export const toStoreFlow = (setting: FlowSetting): Flow =>
	flow('Demo: an order of MoySklad to the store', setting.links, { flow: setting.restFlow, by: 'moySkladId' }, readCustomerOrder, node('To the Store', `${OWN}.bitrixOrderUpdate`, {
		operation: 'update',
		link: linkOf('storeorder'),
		placedSince: SINCE,
		...storeRules(setting),
		orderChanges: { cancelReason: `={{ $json.attributesByName?.['${REASON}'] }}` },
		options: { trackingField: chosen(ATTRIBUTES.tracking) },
	}));

/** Payments and shipments of a store with REST. */
export const documentsFlow = (setting: FlowSetting): Flow => {
	const read = node(READ, `${OWN}.bitrixOrderExport`, { operation: 'get', order: `={{ $('${START}').first().json.bitrixId }}` });
	return flow('Demo: payments and shipments of the store to MoySklad', setting.links, { flow: setting.restFlow, by: 'bitrixId' }, read, moySklad('To MoySklad', {
		operation: 'createOrUpdateDocumentsFromBitrixOrder',
		payments: 'full',
		shipments: 'full',
		withdrawal: 'unpost',
		startDate: SINCE,
		preview: false,
		options: { link: linkOf('orderdocuments'), orderLink: linkOf('customerorder') },
	}));
};

/** An order that is gone from the store. */
export const deletedFlow = (setting: FlowSetting): Flow =>
	flow('Demo: a deleted order of the store leaves MoySklad', setting.links, { flow: setting.restFlow, by: 'bitrixId' }, undefined, moySklad('Out of the Books', {
		operation: 'settleDeletedBitrixOrder',
		orderId: `={{ $('${START}').first().json.bitrixId }}`,
		siteKey: `={{ $('${START}').first().json.siteKey }}`,
		withdrawal: 'bin',
		preview: false,
		options: { link: linkOf('orderdocuments'), orderLink: linkOf('customerorder') },
	}));

/** The same as `toStoreFlow` for a site that has only the exchange with 1C, as far as that can carry it. */
export const toSiteFlow = (setting: FlowSetting): Flow => {
	const statuses = JSON.stringify(Object.fromEntries(STATUS_PAIRS.map(({ state, status }) => [state, status])));
	return flow('Demo: an order of MoySklad to the site, by 1C exchange', setting.links, { flow: setting.exchangeFlow, by: 'bitrixId' }, readCustomerOrder, node('To the Site', `${OWN}.bitrixOrderUpdate`, {
		connection: 'exchange',
		exchangeLock: 'workflow',
		lockWorkflow: chosen(setting.lockWorkflow),
		operation: 'update',
		flow: setting.exchangeFlow,
		order: `={{ $('${START}').first().json.bitrixId }}`,
		snapshot: linkOf('exchangeorder'),
		changes: {
			status: `={{ (${statuses})[$json.state?.name] }}`,
			canceled: `={{ $json.state?.name === '${CANCELED}' ? true : '' }}`,
			paid: "={{ $json.payedSum === $json.sum ? true : '' }}",
			shipped: "={{ $json.shippedSum === $json.sum ? 'all' : '' }}",
			number1c: '={{ $json.name }}',
		},
		options: { zone: setting.siteZone },
	}));
};
