export { isDataFolder } from './folder/data-folder.ts';
export type { MaintenanceReport } from './maintenance/maintenance.ts';
export type { UnknownOriginals } from './maintenance/unknown-originals.ts';
export { UPLOADS_QUEUE } from './objects/object-created.ts';
export type { UploadRequest } from './objects/presigned-uploads.ts';
export { type EmbeddedStore, type EmbeddedStoreOptions, openEmbeddedStore } from './open-embedded-store.ts';
export type { QueueOptions } from './queues/embedded-queue.ts';
export { type RecoveryReport, recoverEmbeddedStore } from './recovery/recover-embedded-store.ts';
