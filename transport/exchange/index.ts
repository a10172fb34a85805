export { EXCHANGE_TIMEOUT, type ExchangeConnection, type ExchangeType } from './caller';
export * from './ending';
export { ExchangeHold, ProcessLock, type ExchangeLock, type HoldSettings } from './lock';
export * from './orderQuery';
export type { ImportRemark } from './remarks';
export { ExchangeSession, type OrderVersion } from './session';
export { Shelf } from './shelf';
export { transfer, transferOrders, type TransferPackage, type TransferProgress, type TransferResult } from './transfer';
export type { ExchangeFile, Upload } from './upload';
