//! The sandbox as its clients see it: one request in, one answer out.

#[cfg(test)]
mod ayrshare_access;
#[cfg(test)]
mod ayrshare_forms;
#[cfg(test)]
mod ayrshare_list;
#[cfg(test)]
mod ayrshare_user;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod insightiq;
#[cfg(test)]
mod odd;
#[cfg(test)]
mod paging;
#[cfg(test)]
mod play;
#[cfg(test)]
mod robust;
#[cfg(test)]
mod upsun;
