internal import CSystem

/// Processors that this process may run on.
public enum Processors {
  public static var count: Int { Int(ksys_processor_count()) }
}

/// Runs a pure function of a batch on several threads. Results come back in the order of the batches, and only `window`
/// batches are under way at once, so memory stays flat.
enum OrderedMap {
  /// - Parameters:
  ///   - jobs: threads that work; with 1 all runs on the caller's own.
  ///   - next: gives the next batch, on the caller's thread; nil at the end.
  ///   - worker: makes a thread's own function, with whatever it keeps between batches.
  ///   - consume: takes each result, in order, on the caller's thread.
  static func run<Batch: Sendable, Result: Sendable>(
    jobs: Int,
    next: () throws(Problem) -> Batch?,
    worker: @escaping @Sendable () -> (Batch) -> Result,
    consume: (Result) throws(Problem) -> Void
  ) throws(Problem) {
    let results = OrderedResults(jobs: jobs, worker: worker)
    while let result = try results.next(next) { try consume(result) }
  }
}

/// The same for who asks for one result after another.
final class OrderedResults<Batch: Sendable, Result: Sendable> {
  private let queue = WorkQueue<Batch, Result>()
  private let crew: Crew?
  /// Works on the caller's own thread, where there is no other.
  private let own: ((Batch) -> Result)?
  private let window: Int
  private var given = 0
  private var taken = 0
  private var hasEnded = false

  /// - Parameters:
  ///   - jobs: threads that work; with 1 all runs on the caller's own.
  ///   - worker: makes a thread's own function, with whatever it keeps between batches.
  init(jobs: Int, worker: @escaping @Sendable () -> (Batch) -> Result) {
    let crew = jobs <= 1 ? nil : Crew(count: jobs, queue: queue, worker: worker)
    let works = crew.map { !$0.isEmpty } ?? false
    own = works ? nil : worker()
    self.crew = crew
    window = jobs * 2 + 2
  }

  /// One thread that works ahead of the caller, and is asked for one thing after another.
  ///
  /// - Parameters:
  ///   - ahead: how many results may wait; with 0 all runs on the caller's own thread.
  ///   - worker: makes the thread's own function, with whatever it keeps.
  init(ahead: Int, worker: @escaping @Sendable () -> (Batch) -> Result) {
    let crew = ahead == 0 ? nil : Crew(count: 1, queue: queue, worker: worker)
    let works = crew.map { !$0.isEmpty } ?? false
    own = works ? nil : worker()
    self.crew = crew
    window = ahead
  }

  deinit { crew?.dismiss() }

  /// The next result; nil at the end.
  ///
  /// - Parameter source: gives the next batch, on the caller's thread; nil at the end.
  func next(_ source: () throws(Problem) -> Batch?) throws(Problem) -> Result? {
    try Interruption.check()
    if let own { return try source().map(own) }
    while !hasEnded && given - taken < window {
      guard let batch = try source() else {
        hasEnded = true
        break
      }
      queue.give(batch, number: given)
      given += 1
    }
    if taken == given { return nil }
    defer { taken += 1 }
    return queue.take(number: taken)
  }
}

/// The batches that wait, and the results that are done. Everything in it is touched under its monitor's lock only:
/// that is why it may say that it is Sendable.
@safe private final class WorkQueue<Batch: Sendable, Result: Sendable>: @unchecked Sendable {
  private let monitor = unsafe ksys_monitor_open()
  private var waiting: [(number: Int, batch: Batch)] = []
  private var firstWaiting = 0
  private var done: [Int: Result] = [:]
  private var closed = false

  deinit { unsafe ksys_monitor_close(monitor) }

  func give(_ batch: Batch, number: Int) {
    unsafe ksys_monitor_lock(monitor)
    waiting.append((number, batch))
    unsafe ksys_monitor_signal(monitor, 0)
    unsafe ksys_monitor_unlock(monitor)
  }

  /// The next batch to work on; nil when the queue is closed.
  func fetch() -> (number: Int, batch: Batch)? {
    unsafe ksys_monitor_lock(monitor)
    defer { unsafe ksys_monitor_unlock(monitor) }
    while firstWaiting == waiting.count && !closed { unsafe ksys_monitor_wait(monitor, 0) }
    if closed { return nil }
    let next = waiting[firstWaiting]
    firstWaiting += 1
    if firstWaiting == waiting.count {
      waiting.removeAll(keepingCapacity: true)
      firstWaiting = 0
    }
    return next
  }

  func put(_ result: Result, number: Int) {
    unsafe ksys_monitor_lock(monitor)
    done[number] = result
    unsafe ksys_monitor_signal(monitor, 1)
    unsafe ksys_monitor_unlock(monitor)
  }

  /// Waits for the result of that batch.
  func take(number: Int) -> Result {
    unsafe ksys_monitor_lock(monitor)
    defer { unsafe ksys_monitor_unlock(monitor) }
    while true {
      if let result = done.removeValue(forKey: number) { return result }
      unsafe ksys_monitor_wait(monitor, 1)
    }
  }

  func close() {
    unsafe ksys_monitor_lock(monitor)
    closed = true
    unsafe ksys_monitor_signal(monitor, 0)
    unsafe ksys_monitor_unlock(monitor)
  }
}

/// Threads that take from a queue until it closes.
@safe private struct Crew {
  private var threads: [OpaquePointer] = unsafe []
  private let close: () -> Void

  init<Batch: Sendable, Result: Sendable>(
    count: Int, queue: WorkQueue<Batch, Result>, worker: @escaping @Sendable () -> (Batch) -> Result
  ) {
    close = { queue.close() }
    for _ in 0..<count {
      let body = ThreadBody {
        let work = worker()
        while let (number, batch) = queue.fetch() { queue.put(work(batch), number: number) }
      }
      let context = unsafe Unmanaged.passRetained(body).toOpaque()
      let thread = unsafe ksys_thread_start(
        { context in
          guard let context = unsafe context else { return }
          unsafe Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
        }, context)
      if let thread = unsafe thread {
        unsafe threads.append(thread)
      } else {
        unsafe Unmanaged<ThreadBody>.fromOpaque(context).release()
      }
    }
  }

  /// Whether the system gave no thread at all.
  var isEmpty: Bool { unsafe threads.isEmpty }

  /// Lets the threads finish what they have in hand, and waits for them.
  func dismiss() {
    close()
    for index in unsafe threads.indices { unsafe ksys_thread_join(threads[index]) }
  }
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void
  init(run: @escaping @Sendable () -> Void) { self.run = run }
}
