export { createOrders } from './create';
export { compareOrders } from './drift/compareOrders';
export { getExtraOrders } from './drift/getExtraOrders';
export { updateLists, updateSearches } from './lists';
export { updateOrders } from './update';
