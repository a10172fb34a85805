import { mappedFields, statesOf } from '../../../shared/moySkladLists';

/** Fields that other settings of the node fill, or that are none of the header. */
const NOT_MAPPED = [
	'id', 'syncId', 'externalCode', 'moment', 'applicable', 'organization', 'agent', 'store', 'project', 'salesChannel', 'owner', 'group', 'shared', 'rate',
	'positions', 'vatEnabled', 'vatIncluded', 'shipmentAddressFull', 'organizationAccount', 'agentAccount',
];

/** The lists of this operation beside `moySkladLists`. */
export const customerOrderLists = {
	customerOrderStates: statesOf('customerorder'),
	/** Fields of the header that a mapping can fill, with the additional ones. */
	customerOrderTargets: mappedFields('customerorder', NOT_MAPPED),
};
