# Does some work, then ends with an error that nobody catches: exit status 1.

struct Account
    owner::String
    balance::Float64
end

struct InsufficientFunds <: Exception
    account::Account
    amount::Float64
end

function Base.showerror(io::IO, e::InsufficientFunds)
    print(io, "InsufficientFunds: ", e.account.owner, " has ", e.account.balance, ", not ", e.amount)
end

function withdraw(account::Account, amount; fee = 0.5)
    amount + fee <= account.balance || throw(InsufficientFunds(account, amount + fee))
    Account(account.owner, account.balance - amount - fee)
end

account = foldl(withdraw, [10, 20.5, 30 // 2]; init = Account("Ada", 100.0))
println("left: ", account.balance)
withdraw(account, 80; fee = 1)
println("not reached")
