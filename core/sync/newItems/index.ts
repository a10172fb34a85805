export * from './body';
export * from './cursor';
export * from './item';
