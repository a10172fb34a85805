export * from './decision';
export * from './fields';
export { fitted, unusable, type WantedField } from './fitting';
export * from './link';
export * from './lists';
export * from './newest';
export * from './plan';
export * from './readCard';
