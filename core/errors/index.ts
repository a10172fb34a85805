export { CATALOGUE, type ErrorCode } from './catalogue';
export type { CatalogueEntry, ErrorKind } from './entry';
export { findingIn, SyncError, type ErrorDetails, type ErrorReport } from './syncError';
