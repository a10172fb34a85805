export * from './amounts';
export * from './folders';
export * from './item';
export * from './link';
export * from './priceTypes';
export * from './properties';
export * from './rules';
