/** What a file says about its block, price types or stores cannot be taken: nothing of the file is, until it is sent anew. */
export class MetadataError extends Error {}
