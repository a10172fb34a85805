export * from './decision';
export * from './fields';
export * from './link';
export * from './lists';
export * from './newest';
export * from './plan';
export * from './readCard';
