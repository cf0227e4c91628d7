/** What Powertools' logger adds to each line of a function, and tells nothing of what happened. */
export const LOGGER_FIELDS = [
  'level',
  'message',
  'service',
  'timestamp',
  'cold_start',
  'function_arn',
  'function_memory_size',
  'function_name',
  'function_request_id',
  'sampling_rate',
  'xray_trace_id',
] as const;
