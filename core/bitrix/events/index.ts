export * from './entities';
export * from './event';
export * from './form';
export * from './handlerAddress';
export * from './handlerPlan';
export * from './offlineQueue';
export { MOST_PORTAL_BYTES, readPortalCall, readPortalProof, type PortalProof } from './portalCall';
export * from './siteCall';
export * from './subscription';
