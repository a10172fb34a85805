import type { Resource } from '../../../shared/operation';
import { findCriticalStock } from './critical';
import { getStockForEvents } from './getForEvents';
import { getManyStock } from './getMany';

export const stock: Resource = { value: 'stock', name: 'Stock', operations: [findCriticalStock, getStockForEvents, getManyStock] };
