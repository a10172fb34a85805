import { attributesOf, statesOf } from '../../../shared/moySkladLists';

/** The lists of this operation beside `moySkladLists`. */
export const customerOrderLists = {
	customerOrderAttributes: attributesOf('customerorder'),
	customerOrderStates: statesOf('customerorder'),
};
