import type { Needs } from './linked';
import type { StoreOrderSettings } from './settings';

/**
 * What of customer orders the settings ask for.
 * @param birth the orders shall be made in the store
 * @param timed it shall be known when payments and shipments changed, also where only their sums count
 */
export const orderNeeds = ({ payments, shipments, lines, fields }: StoreOrderSettings, { birth = false, timed = false } = {}): Needs => ({
	payments: payments === 'full' || (timed && payments !== 'off'),
	demands: shipments === 'full' || (timed && shipments !== 'off'),
	positions: lines !== null,
	agent: birth || fields.some(({ source }) => 'field' in source && source.field.startsWith('agent')),
});
