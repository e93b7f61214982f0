-- Things put into baskets. Each connection has a thread and some baskets of its own, which it fills in turn; now and then
-- somebody comes without a basket, and gets a new one.
local here = debug.getinfo(1, "S").source:match("^@(.*/)")
local threads = {}

function setup(thread)
  thread:set("number", #threads)
  table.insert(threads, thread)
end

function init(arguments)
  local plan = dofile(arguments[1])
  local of = tonumber(arguments[2])
  wrong, sent, baskets = 0, 0, {}
  things = plan.things
  for index, cookie in ipairs(plan.cookies) do
    if index % of == number then
      table.insert(baskets, { cookie = cookie, first = index })
    end
  end
end

local headers = {
  ["Content-Type"] = "application/x-www-form-urlencoded",
  ["Sec-Fetch-Site"] = "same-origin",
}

function request()
  sent = sent + 1
  local basket = baskets[sent % #baskets + 1]
  -- Ten different things to a basket, other ones in each.
  local thing = things[(basket.first + math.floor(sent / #baskets) % 10) % #things + 1]
  headers["Cookie"] = sent % 20 ~= 0 and basket.cookie or nil
  return wrk.format("POST", "/cart/lines", headers, thing)
end

function response(status)
  if status ~= 303 then
    wrong = wrong + 1
  end
end

function done(summary, latency)
  local all = 0
  for _, thread in ipairs(threads) do
    all = all + thread:get("wrong")
  end
  dofile(here .. "report.lua")(summary, latency, all)
end
