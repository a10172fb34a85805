import type { Resource } from '../../../shared/operation';
import { getComputedPrices } from './getComputedPrices';
import { getManyDiscounts } from './getMany';

export const discount: Resource = { value: 'discount', name: 'Discount', operations: [getComputedPrices, getManyDiscounts] };
