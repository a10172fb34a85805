export { createOrders } from './create';
export { updateLists, updateSearches } from './lists';
export { updateOrders } from './update';
