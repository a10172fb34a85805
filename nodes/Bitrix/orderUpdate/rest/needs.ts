import type { Needs } from './linked';
import type { StoreOrderSettings } from './settings';

/** What of customer orders the settings ask for. */
export const orderNeeds = ({ payments, shipments, lines, fields }: StoreOrderSettings, birth = false): Needs => ({
	payments: payments === 'full',
	demands: shipments === 'full',
	positions: lines !== null,
	agent: birth || fields.some(({ source }) => 'field' in source && source.field.startsWith('agent')),
});
