//! Customers' accounts: what is typed to come in, what an account holds, and what a password has to be.

mod forms;
mod list;
mod password;
mod view;
mod way_on;

pub use forms::{
    AccountError, AddressError, AddressForm, ConfirmForm, CustomerForm, DeleteForm, DetailsForm,
    EmailForm, ForgotForm, MAX_ADDRESSES, PasswordForm, ResetForm, SignInForm, SignUpError,
    SignUpForm, check_name,
};
pub use list::{CustomerFilter, CustomerList, CustomerRow, CustomerSort};
pub use password::{PASSWORD_MIN, PasswordError, check_password};
pub use view::{
    CustomerCard, CustomerOrder, CustomerSessionRow, HistoryPage, HistoryRow, OrderBadge, Profile,
    SavedAddress,
};
pub use way_on::own_address;
