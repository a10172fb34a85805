export * from './book';
export * from './findings';
export * from './groups';
export * from './price';
