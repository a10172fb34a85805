import type { INodeParameters } from 'n8n-workflow';
import type { Secrets } from '../../n8n/credentialStore.cts';
import { chosen } from '../../n8n/workflowDraft.cts';

/** What both the writing and the comparing of the benchmark are given, as a user chooses it once. */
export interface DriftSetup {
	catalog: string;
	secrets: Secrets;
	states: { picked: string; cancelled: string };
}

const PLACED_SINCE = '2020-01-01T00:00:00Z';

const always = (target: string, field: string): INodeParameters => ({ target: chosen(target), value: 'field', field: chosen(field), policy: 'always' });

/** Of *Upsert Items* and *Compare Items*: names, sections and descriptions follow MoySklad, too. */
export const itemParameters = ({ catalog }: DriftSetup): INodeParameters => ({
	catalog: chosen(catalog),
	pictures: 'never',
	mapping: { change: [always('name', 'name'), always('section', 'folder'), always('detailText', 'description')] },
});

/** Of *Update Stock* and *Compare Stock*. */
export const stockParameters = ({ catalog }: DriftSetup): INodeParameters => ({ catalog: chosen(catalog) });

/** Of *Update Orders* and *Compare Orders*. */
export const orderParameters = ({ states }: DriftSetup): INodeParameters => ({
	siteKey: 'shop',
	flow: 'back',
	placedSince: PLACED_SINCE,
	payments: 'full',
	paySystem: '1',
	shipments: 'full',
	deduct: true,
	statusMap: { row: [{ when: 'state', state: chosen(states.picked), status: 'A' }] },
	cancelStates: { row: [{ one: chosen(states.cancelled) }] },
	options: { conflicts: 'sourceWins' },
});

/** How a page of goods is read from MoySklad. */
export const pageParameters = (offset: number, limit: number): INodeParameters => ({
	resource: 'assortment', operation: 'getAll', limit, include: ['product', 'productFolder', 'uom'], options: { onePage: true, offset },
});

export const stockReport: INodeParameters = { resource: 'stock', operation: 'getAll', report: 'currentTotal', stockTypes: ['freeStock'], options: { zeroLines: true } };
