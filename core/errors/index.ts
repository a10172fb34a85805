export { CATALOGUE, CATALOGUE_PARTS, type ErrorCode } from './catalogue';
export type { CatalogueEntry, ErrorKind } from './entry';
export { expectedFailure, findingIn, SyncError, type ErrorDetails, type ErrorReport } from './syncError';
