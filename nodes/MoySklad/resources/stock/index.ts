import type { Resource } from '../../../shared/operation';
import { getStockForEvents } from './getForEvents';
import { getManyStock } from './getMany';

export const stock: Resource = { value: 'stock', name: 'Stock', operations: [getStockForEvents, getManyStock] };
