export * from './cursor';
export * from './drift';
export * from './itemDrift';
export * from './kinds';
export * from './orderDrift';
export * from './overdue';
export * from './stockDrift';
