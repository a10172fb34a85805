export { createOrders } from './create';
export { updateOrders } from './update';
