/** Where a file stopped on its way to 360dialog, so that its link went instead; in words for people. */
export const UPLOAD_STEPS = {
  fetch: 'the file could not be fetched',
  form: 'the file cannot go as one',
  upload: '360dialog did not take the file',
};

export type UploadStep = keyof typeof UPLOAD_STEPS;
