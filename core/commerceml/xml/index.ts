export type { XmlAttributes } from './attributes';
export { XmlElement } from './element';
export { USUAL_LIMITS, type XmlLimits } from './limits';
export { readRecords, readXml, type ByteChunks, type Collecting, type XmlReadOptions } from './reading';
export type { XmlRecordSink, XmlRoute } from './recordHandler';
export { XmlScanner, type XmlHandler } from './scanner';
export { XmlWriter } from './writer';
