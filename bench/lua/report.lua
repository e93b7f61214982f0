-- What wrk saw, as one line of JSON. `wrong` counts answers that a script did not expect.
return function(summary, latency, wrong)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout + wrong
  local line = 'RESULT {"requests":%d,"seconds":%.6f,"bytes":%d,"errors":%d,"p50":%.3f,"p99":%.3f}\n'
  io.write(line:format(
    summary.requests, summary.duration / 1e6, summary.bytes, failed,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
