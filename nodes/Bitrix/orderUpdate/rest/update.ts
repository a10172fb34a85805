import type { INodeProperties } from 'n8n-workflow';
import type { BulkOperation } from '../../../shared/operation';
import { identityProperty } from '../../../shared/identityProperty';
import { optionsProperty } from '../../../shared/properties';
import { writeOutputs } from '../../../shared/writeOutputs';
import { ownerProperties } from '../../orders/readingProperties';
import { findAbilities } from './abilities';
import type { Entry } from './entry';
import { orderNeeds } from './needs';
import { readItems, refuseRepeated } from './items';
import { readMissing } from './linked';
import { findBorn, skipUnknown } from './lookup';
import { findProducts, missingKeys } from './products';
import { linesProperties } from './properties/lines';
import { mappingProperty } from './properties/mapping';
import { updateOptions } from './properties/options';
import { orderProperties, placedSinceProperty } from './properties/order';
import { paymentProperties } from './properties/payments';
import { shipmentProperties } from './properties/shipments';
import { statusProperties } from './properties/status';
import { resultsOf } from './results';
import { bringAbout, summary, type Work } from './run';
import { OrderSession } from './session';
import { readSettings } from './settings';
import { changeBySubWorkflow, changesProperty, makeWishes } from './wishes';

/** What decides how an order is to be. *Compare Orders* asks for the same. */
export const updatedProperties: INodeProperties[] = [
	...ownerProperties,
	...orderProperties,
	placedSinceProperty,
	...statusProperties,
	...paymentProperties,
	...shipmentProperties,
	linesProperties.policy,
	...linesProperties.more({ hide: { lines: ['off'] } }),
	identityProperty(),
	mappingProperty,
	changesProperty,
];

/** Tells the store what has happened to its orders in MoySklad. */
export const updateOrders: BulkOperation = {
	value: 'update',
	name: 'Update Orders',
	action: 'Update orders',
	description: 'Bring status, payments, shipments, cancellation, fields and lines of orders of the store in line with MoySklad',
	properties: [...updatedProperties, optionsProperty(updateOptions)],
	async all() {
		const settings = readSettings(this, 'update');
		const entries = await updateAll(await OrderSession.open(this, settings));
		return writeOutputs(this, resultsOf(entries), settings.failAfterAll);
	},
};

/**
 * Every entry gets a result.
 * @param look sees the orders of the store before anything is planned
 * @param timed the rows of the orders shall hold payments and shipments with their moments
 */
export async function updateAll(session: OrderSession, look?: Work['prepare'], timed = false): Promise<Entry[]> {
	const entries = readItems(session);
	await findBorn(session, entries);
	skipUnknown(entries);
	refuseRepeated(entries);
	const abilities = await findAbilities(session);
	if (session.moySklad) await readMissing(session.moySklad, entries, orderNeeds(abilities.settings, { timed }));
	const work: Work = {
		session,
		abilities,
		prepare: async (found) => {
			await look?.(found);
			makeWishes(session, abilities, found.keys(), false);
			await changeBySubWorkflow(session, [...found.keys()]);
			await findProducts(session, new Map([...found].map(([entry, order]) => [entry, missingKeys(session, entry.wish, order)])));
		},
	};
	await bringAbout(work, entries);
	session.tell(summary(entries));
	return entries;
}
