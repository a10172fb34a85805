import type { BulkOperation } from '../../../shared/operation';
import { identityProperty } from '../../../shared/identityProperty';
import { optionsProperty } from '../../../shared/properties';
import { writeOutputs } from '../../../shared/writeOutputs';
import { ownerProperties } from '../../orders/readingProperties';
import { findAbilities } from './abilities';
import { Birth } from './birth';
import { readItems, refuseRepeated } from './items';
import { readMissing } from './linked';
import { findBorn } from './lookup';
import { orderNeeds } from './needs';
import { findProducts, missingKeys } from './products';
import { birthProperties, rolesOption } from './properties/birth';
import { linesProperties } from './properties/lines';
import { mappingProperty } from './properties/mapping';
import { createOptions } from './properties/options';
import { orderProperties } from './properties/order';
import { paymentProperties } from './properties/payments';
import { shipmentProperties } from './properties/shipments';
import { statusProperties } from './properties/status';
import { resultsOf } from './results';
import { bringAbout, summary } from './run';
import { OrderSession } from './session';
import { readSettings } from './settings';
import { changeBySubWorkflow, changesProperty, makeWishes } from './wishes';

const [customerOrder] = orderProperties;

/** Makes orders in the store for customer orders that were born in MoySklad, and keeps them equal. */
export const createOrders: BulkOperation = {
	value: 'create',
	name: 'Create Orders',
	action: 'Create orders',
	description: 'Make orders in the store for customer orders that were born in MoySklad. One that is there already is completed and kept equal, and never made twice.',
	properties: [
		...ownerProperties,
		...orderProperties.filter(({ name }) => name === customerOrder?.name || name === 'link'),
		...birthProperties,
		identityProperty(),
		...linesProperties.more({}),
		...statusProperties,
		...paymentProperties,
		...shipmentProperties,
		mappingProperty,
		changesProperty,
		optionsProperty([...createOptions, ...rolesOption].sort((one, other) => one.displayName.localeCompare(other.displayName))),
	],
	async all() {
		const settings = readSettings(this, 'create');
		const session = await OrderSession.open(this, settings);
		const entries = readItems(session);
		refuseRepeated(entries);
		const abilities = await findAbilities(session, true);
		if (session.moySklad) await readMissing(session.moySklad, entries, orderNeeds(abilities.settings, { birth: true }));
		const birth = new Birth(session);
		birth.checkAll(entries);
		await findBorn(session, entries);
		await birth.checkGoods(entries);
		await birth.makeHeads(entries);
		await bringAbout(
			{
				session,
				abilities,
				birthOf: (entry) => birth.rulesOf(entry),
				prepare: async (found) => {
					makeWishes(session, abilities, found.keys(), true);
					for (const entry of found.keys()) birth.fillIn(entry, abilities);
					await changeBySubWorkflow(session, [...found.keys()]);
					await findProducts(session, new Map([...found].map(([entry, order]) => [entry, missingKeys(session, entry.wish, order)])));
				},
				verify: (entry, order) => birth.verify(entry, order),
			},
			entries,
		);
		session.tell(summary(entries));
		return writeOutputs(this, resultsOf(entries), settings.failAfterAll);
	},
};
