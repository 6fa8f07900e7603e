//! The speed of a session: simulated hours a second on the wall, or as fast as it can.

use std::time::Duration;
use web_time::Instant;

/// The speed that is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Speed {
    /// Simulated hours for each second on the wall.
    HoursPerSecond(f64),
    /// As fast as it goes.
    Fastest,
}

/// A stretch of work aims at this long, so that commands are heard soon.
const STRETCH: Duration = Duration::from_millis(16);
/// The same where a device is polled from frame to frame: its answers are two or three frames late.
const POLLED_STRETCH: Duration = Duration::from_millis(120);
/// How many times as long as a reading a stretch takes there. The answer to the steps is late by about half of a reading, which asks
/// twice: a stretch that aims at less than that shrinks to single steps, since each seems to take all of the time that is waited.
const STRETCH_PER_READING: u32 = 2;
/// Steps of a stretch at most.
const MOST_STEPS: u32 = 2000;
/// Steps that are owed at most: what a slow engine cannot do is not made up for later.
const MOST_OWED_S: f64 = 0.25;

/// Turns time on the wall into steps.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    speed: Speed,
    step_h: f64,
    /// Whether a device is polled, whose answers are late.
    polled: bool,
    /// The time that the last reading of a state took.
    reading: Duration,
    /// Steps that are due, with their fraction.
    owed: f64,
    looked: Instant,
    /// Seconds that a step takes, as measured.
    step_s: f64,
    /// Steps and seconds since the rate was last said.
    counted: (u32, Instant),
    rate: f64,
}

impl Pace {
    /// A pace that begins now.
    pub fn new(speed: Speed, step_h: f64) -> Self {
        let now = Instant::now();
        Pace {
            speed,
            step_h,
            polled: false,
            reading: Duration::ZERO,
            owed: 0.0,
            looked: now,
            step_s: 1e-3,
            counted: (0, now),
            rate: 0.0,
        }
    }

    /// The speed that is asked for.
    pub fn speed(&self) -> Speed {
        self.speed
    }

    /// Asks for another speed.
    pub fn set_speed(&mut self, speed: Speed) {
        self.speed = speed;
        self.start();
    }

    /// Makes stretches long enough for a device that is polled, whose answers are late.
    pub fn fit_answers(&mut self, polled: bool) {
        self.polled = polled;
    }

    /// Notes that a state was read, without steps, in such a time.
    pub fn note_reading(&mut self, took: Duration) {
        self.reading = took;
    }

    /// The time that a stretch aims at.
    fn aim(&self) -> Duration {
        if self.polled {
            POLLED_STRETCH.max(STRETCH_PER_READING * self.reading)
        } else {
            STRETCH
        }
    }

    /// Begins to count anew, after a rest.
    pub fn start(&mut self) {
        self.looked = Instant::now();
        self.counted = (0, self.looked);
        self.owed = 0.0;
    }

    /// Steps that take about as long as a stretch should.
    pub fn stretch(&self) -> u32 {
        (self.aim().as_secs_f64() / self.step_s).clamp(1.0, f64::from(MOST_STEPS)) as u32
    }

    /// Steps of the next stretch; 0 where it is too early.
    pub fn due(&mut self) -> u32 {
        let most = f64::from(self.stretch());
        match self.speed {
            Speed::Fastest => most as u32,
            Speed::HoursPerSecond(hours) => {
                let now = Instant::now();
                let per_second = hours / self.step_h;
                self.owed += now.duration_since(self.looked).as_secs_f64() * per_second;
                let most_owed_s = self.aim().as_secs_f64().max(MOST_OWED_S);
                self.owed = self.owed.min((most_owed_s * per_second).max(1.0));
                self.looked = now;
                self.owed.min(most) as u32
            }
        }
    }

    /// The time to rest before a step is due.
    pub fn rest(&self) -> Duration {
        match self.speed {
            Speed::Fastest => Duration::ZERO,
            Speed::HoursPerSecond(hours) => {
                let per_second = hours / self.step_h;
                Duration::from_secs_f64(((1.0 - self.owed) / per_second).clamp(0.001, 0.05))
            }
        }
    }

    /// Notes that `steps` took this long.
    pub fn note(&mut self, steps: u32, took: Duration) {
        if steps == 0 {
            return;
        }
        self.owed = (self.owed - f64::from(steps)).max(0.0);
        let step_s = (took.as_secs_f64() / f64::from(steps)).max(1e-7);
        // Growth makes steps dearer only slowly; a single slow one should not matter.
        self.step_s = if step_s > self.step_s {
            0.7 * self.step_s + 0.3 * step_s
        } else {
            step_s
        };
        self.counted.0 += steps;
        let since = self.counted.1.elapsed().as_secs_f64();
        if since > 0.5 {
            self.rate = f64::from(self.counted.0) / since;
            self.counted = (0, Instant::now());
        }
    }

    /// Steps a second, as lately measured.
    pub fn steps_per_s(&self) -> f64 {
        self.rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_speed_owes_whole_steps_only() {
        let mut pace = Pace::new(Speed::HoursPerSecond(1e-6), 1.0 / 60.0);
        assert_eq!(pace.due(), 0);
        assert!(pace.rest() > Duration::ZERO);
        pace.owed = 2.6;
        // Clamped to what a quarter of a second owes, but never below one step.
        assert_eq!(pace.due(), 1);
    }

    #[test]
    fn stretches_follow_the_time_a_step_takes() {
        let mut pace = Pace::new(Speed::Fastest, 1.0 / 60.0);
        pace.note(10, Duration::from_millis(20));
        let short = pace.due();
        pace.note(1000, Duration::from_millis(20));
        assert!(pace.due() > 10 * short, "{} and {short}", pace.due());
        (0..50).for_each(|_| pace.note(1, Duration::from_secs(1)));
        assert_eq!(pace.due(), 1, "never less than a step");
    }

    /// The answer comes a second after it was asked for, however few steps there were.
    #[test]
    fn late_answers_make_longer_stretches_and_not_single_steps() {
        let mut pace = Pace::new(Speed::Fastest, 1.0 / 60.0);
        pace.fit_answers(true);
        let wait_and_work = |steps: u32| Duration::from_millis(1000 + u64::from(steps));
        for _ in 0..20 {
            pace.note_reading(Duration::from_millis(2000));
            let steps = pace.due();
            pace.note(steps, wait_and_work(steps));
        }
        assert!(pace.due() > 1000, "{}", pace.due());
    }
}
